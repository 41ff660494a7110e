"""`atalaia serve`."""

import ipaddress
import logging
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.desk_opening import opened_desk
from atalaia.cli.refusals import CommandLineError
from atalaia.cli.terminal import InTerminal

__all__ = ["OpenAddressError", "serve"]

LOG = logging.getLogger("atalaia.serve")
# A proxy on this machine says who really asks, and whether the way was encrypted.
TRUSTED_PROXIES, PROXIES = "127.0.0.1,::1", "FORWARDED_ALLOW_IPS"
STOPPING_S = 20
Host = Annotated[str, Parameter(help="The address to listen at; this machine alone.")]
Port = Annotated[int, Parameter(help="The port to listen at.")]
Workers = Annotated[int, Parameter(help="Processes that answer.")]


class OpenAddressError(CommandLineError):
    """Listening to other machines without encryption."""

    message = "At '{host}' other machines would send passwords in the clear."
    next_step = (
        "Put a proxy with HTTPS in front and say so in the settings: 'desk: url: "
        "https://…'; or leave --host out to serve this machine alone."
    )


def serve(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
    terminal: InTerminal,
) -> None:
    """Serve the desk to browsers, on this machine alone unless told otherwise.

    Other machines reach it through a proxy with HTTPS; see the guide on running it.
    """
    installation = opened_desk(terminal)
    if not _is_loopback(host) and not installation.is_secure:
        raise OpenAddressError(host=host)
    from atalaia.desk.running.migrating import require_present

    require_present()
    terminal.say(
        terminal.words.text("The desk answers at {url}.", url=installation.url)
    )
    LOG.info("serving", extra={"port": port})
    import uvicorn

    uvicorn.run(
        "atalaia.desk.asgi:application",
        host=host,
        port=port,
        workers=workers,
        # The desk's own lines say what may be said; the server's would name addresses.
        access_log=False,
        log_config=None,
        lifespan="off",
        proxy_headers=True,
        forwarded_allow_ips=terminal.environment.get(PROXIES, TRUSTED_PROXIES),
        server_header=False,
        timeout_graceful_shutdown=STOPPING_S,
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
