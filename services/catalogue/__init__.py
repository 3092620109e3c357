"""What is offered: procedures with versions and effect dates, their papers, lead times and fees. Pure."""
