"""Usage sites in the files around the code: environment, deployment, configuration, dependencies."""
