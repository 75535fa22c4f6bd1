/// Tables of rows in files, read column by column, whatever their format.
package dev.sightline.wire.table;
