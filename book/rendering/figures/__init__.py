"""The book's pictures, one file each; every point in them is computed when the book is built."""
