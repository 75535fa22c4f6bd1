package dev.sightline.alerting.notify.mail;

import dev.sightline.wire.outgoing.Authorization.Source;
import org.jspecify.annotations.Nullable;

/// Who hands mails to a server.
///
/// @param password for `PLAIN` and `LOGIN`; null where there is none
/// @param secret for `CRAM-MD5`; null where there is none
/// @param identity in whose name the user acts; empty for the user's own
public record MailLogin(
    String user, @Nullable Source password, @Nullable Source secret, String identity) {}
