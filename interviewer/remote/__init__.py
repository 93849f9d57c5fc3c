"""Practising at a server from a terminal: the same look and commands as here, over the wire."""

from interviewer.remote.begin import practise_remote

__all__ = ["practise_remote"]
