"""The hub: keeps sealed dossiers it cannot read, signs receipts, lets devices in. Stateless processes."""
