"""Mail. Where no server is set, it is written into a folder (`settings.EMAIL_BACKEND`)."""

from __future__ import annotations

import hashlib
import smtplib

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage

from ministry.timers.transports import Message, Never, NotNow, transport


@transport("mail")
def send(message: Message) -> None:
    """Hand a message to the mail server. Its Message-ID comes from the key: a second copy is known as one."""
    mail = EmailMessage(
        " ".join(message.subject.split()),
        message.body,
        to=[message.address],
        headers={"Message-ID": message_id(message.key), "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.message()  # so that nothing is opened for a message that cannot be written
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise (Never if all(500 <= code < 600 for code in codes) else NotNow)(
            f"the server refuses the address ({', '.join(map(str, codes))})"
        ) from None
    except smtplib.SMTPResponseException as error:
        # Of an unknown sender or a wrong password the officers learn, and then it can be delivered.
        raise NotNow(f"the server answers {error.smtp_code}") from None
    except BadHeaderError:
        raise Never("a line break in the address or in the subject") from None


def message_id(key: str) -> str:
    """RFC 5322, 3.6.4: unique, and here the same for the same key."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{digest}@{settings.HOST}>"
