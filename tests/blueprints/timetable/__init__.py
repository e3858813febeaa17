"""Tests of the timetable's pages."""
