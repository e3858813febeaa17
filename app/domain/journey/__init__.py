"""What candidates do: touchpoints and the sources that they come from."""
