package dev.sightline.predictions.column;

/// Gives the words of one column of a scan their codes, the same in all files. Owned by one thread.
public interface WordCodes {
  /// No code of a word; where one was not asked for yet.
  int UNKNOWN = Integer.MIN_VALUE;

  int text(String word);

  int number(double value);

  int flag(boolean value);

  /// The codes of the words of a chunk, as far as they were asked for; the caller fills it further.
  ///
  /// @param words as they stand in the file; the chunk before often had the same
  int[] known(byte[] words, int count);
}
