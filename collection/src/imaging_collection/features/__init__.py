"""Maps of what stands out."""
