"""What `sitecustomize` puts between a program and the network; standard library only, for it runs in the program."""
