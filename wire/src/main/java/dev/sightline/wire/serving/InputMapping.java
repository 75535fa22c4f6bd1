package dev.sightline.wire.serving;

import org.jspecify.annotations.Nullable;

/// How to read what clients send to one model, where its protocol does not say it.
///
/// @param rows where the rows are in a request of `json` or `torchserve`; without it, a list is
///   rows and anything else is one row
/// @param id where the client names its call, or each of its rows: by this name the truth will
///   come; without it, the call's `X-Request-Id` is the name
/// @param keepText whether the texts of prompts and answers are stored
public record InputMapping(@Nullable Selector rows, @Nullable Selector id, boolean keepText) {
  /// For a model about which nothing is configured.
  public static final InputMapping DEFAULT = new InputMapping(null, null, false);
}
