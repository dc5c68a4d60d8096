"""Who is who, and who holds which office: what the gate itself needs to know of people."""
