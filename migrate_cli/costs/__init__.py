"""What a workload costs at OpenAI and elsewhere, at list prices."""
