"""`python -m numerics.command_line` is `sharpness`."""

from numerics.command_line import main

main()
