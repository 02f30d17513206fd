"""Lookup tables: one reader for modality, VOI and palette tables."""
