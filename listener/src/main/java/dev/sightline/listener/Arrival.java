package dev.sightline.listener;

import dev.sightline.model.time.Clock;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.thread.Scheduler;

/// What a client's socket is made of when it comes in.
///
/// @param calls in flight on all sockets of the port together
public record Arrival(
    SocketChannel channel,
    ManagedSelector selector,
    SelectionKey key,
    Scheduler scheduler,
    Clock clock,
    AtomicInteger calls) {}
