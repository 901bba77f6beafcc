"""One pure function per format: values in, text or documents out."""
