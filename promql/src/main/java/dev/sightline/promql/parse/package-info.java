/// From text to tree: a lexer on demand, a parser by precedence, a check of types.
package dev.sightline.promql.parse;
