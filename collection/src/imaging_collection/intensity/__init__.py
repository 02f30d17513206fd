"""What changes values and keeps the grid."""
