/// Text to tree and back.
package dev.sightline.logql.parse;
