"""Put this directory on a program's PYTHONPATH: its `sitecustomize` keeps the program on this machine."""
