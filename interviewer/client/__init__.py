"""What programs use to be interviewed, or to watch: ask by HTTP, follow an interview live, say everything exactly once."""

from interviewer.client.api import Client
from interviewer.client.room import LiveRoom

__all__ = ["Client", "LiveRoom"]
