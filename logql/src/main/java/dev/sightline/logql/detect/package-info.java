/// What lines have in common without anybody having said so: the fields in them and the patterns
/// that they follow.
package dev.sightline.logql.detect;
