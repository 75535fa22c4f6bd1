/// Trees to lines and values.
package dev.sightline.logql.eval;
