"""What is sent again and again: schedules of reports and alerts, in the person's time zone and with their rights."""
