"""What stands beside a text for whoever translates or reviews it: from memory and glossary."""
