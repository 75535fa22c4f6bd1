/// Profiles of files and drift between two of them, without a server: each file is read once, rows
/// are kept while they are few and sketched beyond.
package dev.sightline.quality.offline;
