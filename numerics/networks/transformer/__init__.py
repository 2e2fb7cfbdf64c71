"""A small Transformer that reads sentences: its passes, its gradient by hand, its sharpness."""
