package dev.sightline.alerting.notify.journal;

import dev.sightline.model.label.Labels;

/// One record of the journal. Reading one again changes nothing.
sealed interface JournalRecord {
  /// An alert was said to fire or to have ended.
  record Said(KeptAlert kept) implements JournalRecord {}

  /// Everybody knows that an alert ended.
  record Gone(Labels labels) implements JournalRecord {}

  /// A notification is about to be sent; or, with an outcome, was.
  record Intent(Entry entry) implements JournalRecord {}

  /// An attempt has ended.
  record Result(String id, Outcome outcome, String error) implements JournalRecord {}

  /// What a way of a receiver knows, without a notification that would have to say it.
  record Known(String key, Sent sent) implements JournalRecord {}
}
