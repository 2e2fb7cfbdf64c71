"""What is understood of a table or of images: columns, labels, scales."""
