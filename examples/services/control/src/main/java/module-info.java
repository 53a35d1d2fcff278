/// A control loop. `dev.lanewise` brings the vector module along, so that no flag is needed.
module com.example.control {
  requires dev.lanewise;
}
