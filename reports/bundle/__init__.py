"""What lies in a bundle beside the issued files: a check that needs nothing but Python."""
