"""All that device and hub share: trust file, enrolment, batches, answers, receipts. Bytes in, values out."""
