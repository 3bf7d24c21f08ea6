"""What balise logs, in the log of MkDocs: printed as its own lines are, and counted by `--strict`."""

import logging

from mkdocs.plugins import get_plugin_logger

LOGGER = "balise"


class MkDocsLogHandler(logging.Handler):
    """Hands every record to the logger that MkDocs has for the plugin."""

    def __init__(self) -> None:
        super().__init__()
        self.target = get_plugin_logger(LOGGER)

    def emit(self, record: logging.LogRecord) -> None:
        """Log the same message at the same level."""
        self.target.log(record.levelno, record.getMessage(), exc_info=record.exc_info)


def forward_log_records() -> None:
    """Let MkDocs have what is logged by any module of balise; more than once does no harm."""
    logger = logging.getLogger(LOGGER)
    if not any(isinstance(handler, MkDocsLogHandler) for handler in logger.handlers):
        logger.addHandler(MkDocsLogHandler())
        logger.propagate = False  # whoever listens to all loggers gets it from MkDocs'
    logger.setLevel(get_plugin_logger(LOGGER).getEffectiveLevel())
