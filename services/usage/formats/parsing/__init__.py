"""What formats of JSON have in common: text taken apart with its bytes kept, and records checked field by field."""
