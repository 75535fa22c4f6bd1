/// The language as the subject of scripts.
package dev.sightline.logql.script;
