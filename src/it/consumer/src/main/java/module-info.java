/// A user of the library.
module consumer {
  requires dev.lanewise;
}
