/// The servers of models: which of them a call goes to, the client that calls them, and how it
/// fails.
package dev.sightline.gateway.upstream;
