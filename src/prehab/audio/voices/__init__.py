"""What can speak: each engine behind one small protocol, kept in a process of its own."""
