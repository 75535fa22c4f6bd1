/// Comma-separated values, as RFC 4180 describes them and as spreadsheets and pandas write them.
package dev.sightline.wire.csv;
