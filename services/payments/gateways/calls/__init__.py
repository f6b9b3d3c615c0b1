"""What several gateways need."""
