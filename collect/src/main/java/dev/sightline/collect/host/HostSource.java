package dev.sightline.collect.host;

/// One group of numbers about this machine, such as its memory or its disks.
interface HostSource {
  /// Adds what can be read now; a file that is absent or looks strange leaves its numbers out.
  void read(KernelFiles files, Families into);
}
