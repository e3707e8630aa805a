-- The tables that the example feeds of routes/feeds.camel.yaml load.
CREATE TABLE public.flights (
  date TIMESTAMP NOT NULL,
  delay INTEGER,
  distance INTEGER,
  origin CHAR(3),
  destination CHAR(3)
) SORTKEY (date);

CREATE TABLE public.quakes (
  date TIMESTAMP NOT NULL,
  id VARCHAR(20) NOT NULL,
  mag DECIMAL(4, 2),
  mag_type VARCHAR(10),
  felt INTEGER,
  type VARCHAR(30),
  net CHAR(2),
  status VARCHAR(20),
  place VARCHAR(200),
  longitude DECIMAL(11, 8),
  latitude DECIMAL(10, 8),
  depth DECIMAL(8, 3)
) SORTKEY (date);

CREATE TABLE public.weather (
  location VARCHAR(50) NOT NULL,
  date DATE NOT NULL,
  precipitation DECIMAL(5, 1),
  temp_max DECIMAL(4, 1),
  temp_min DECIMAL(4, 1),
  wind DECIMAL(4, 1),
  weather VARCHAR(20)
) DISTSTYLE ALL SORTKEY (location, date);

CREATE TABLE public.airports (
  iata VARCHAR(4) NOT NULL,
  name VARCHAR(100),
  city VARCHAR(100),
  state CHAR(2),
  country VARCHAR(50),
  latitude DECIMAL(10, 8),
  longitude DECIMAL(11, 8)
) DISTSTYLE ALL;
