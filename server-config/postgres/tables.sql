-- The table of the example: server-config/openclaw.yaml watches it.
CREATE TABLE IF NOT EXISTS sensor_reading (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  building text NOT NULL,
  floor text NOT NULL,
  sensor text NOT NULL,
  temp numeric(5, 2) NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
