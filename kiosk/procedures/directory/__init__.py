"""Reads the public directory of the French administration (« Annuaire de l’administration », open data of the
DILA) and fills the offices of a town's overlay from it."""
