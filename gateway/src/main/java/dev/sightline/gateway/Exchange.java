package dev.sightline.gateway;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The client's side of a call.
///
/// @param callback to be completed once, when nothing more is written
record Exchange(Request request, Response response, Callback callback) {}
