"""What the offers of one provider are worth for a workload, and for how long."""
