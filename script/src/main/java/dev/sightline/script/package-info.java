/// Scripts: what a query language answers, in a notation that users can read and paste.
///
/// The notation is Prometheus's: `load`, `clear`, `eval instant at`, `eval range from … to … step`,
/// `expect`. See [Script].
package dev.sightline.script;
