"""What can be proved of a pack before a citizen meets it. Only here is z3 imported, when a proof runs."""
