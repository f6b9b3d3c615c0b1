"""What is paid for a time, by subscription: who takes how many of which plan, and what came and went by day."""
