"""What desk, hub and headquarters say to each other, versioned; both sides import these messages."""
