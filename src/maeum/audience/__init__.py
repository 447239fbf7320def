"""What an audience feels about a title: tables over reviews of any number, at constant memory."""
