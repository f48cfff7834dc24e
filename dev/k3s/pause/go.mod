module facefusion.dev/k3s/pause
go 1.24
